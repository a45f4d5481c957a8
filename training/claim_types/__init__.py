"""How `claims/weights/types.bin` is trained; run with `python -m training.claim_types`."""
