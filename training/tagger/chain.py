"""The conditional random field while it is trained; `claims.tagger.field` runs it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from claims.tagger.linking import LABELS


class Chain(nn.Module):
    """Linear-chain CRF over the seven labels; an inside label may only follow its own role."""

    def __init__(self) -> None:
        super().__init__()
        n = LABELS
        self.step, self.first = nn.Parameter(torch.zeros(n, n)), nn.Parameter(torch.zeros(n))
        forbidden, first = torch.zeros(n, n), torch.zeros(n)
        for inside in (2, 4, 6):
            first[inside] = -1e4
            for i in range(n):
                if i not in (inside, inside - 1):
                    forbidden[i, inside] = -1e4
        self.register_buffer("forbidden", forbidden)
        self.register_buffer("forbidden_first", first)

    def scores(self) -> tuple[Tensor, Tensor]:
        return self.step + self.forbidden, self.first + self.forbidden_first

    def loss(self, emission: Tensor, share: Tensor, path: Tensor, mask: Tensor) -> Tensor:
        """Sum over sequences of log Z minus the score of `path`, whose emissions are taken as
        expected under `share` (one-hot for labelled text)."""
        step, first = self.scores()
        ahead = first + emission[:, 0]
        for i in range(1, emission.shape[1]):
            new = torch.logsumexp(ahead.unsqueeze(2) + step, 1) + emission[:, i]
            keep = mask[:, i, None]
            ahead = keep * new + (1 - keep) * ahead
        score = (share * emission).sum((1, 2)) + first[path[:, 0]]
        score = score + (step[path[:, :-1], path[:, 1:]] * mask[:, 1:]).sum(1)
        return (torch.logsumexp(ahead, 1) - score).sum()
