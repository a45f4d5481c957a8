"""Inter-annotator agreement: measures, what is compared, and where annotators disagree.

Read in this order: `measures` (kappas, alpha, F1, each a sum over documents), `unitizing` (alpha
over the pieces that claims cut out of a text), `intervals` (their
uncertainty), `aligning` (which claim of one annotator answers to which of another), `comparing`
(all measures for a set of annotators). Pure, and without NumPy.
"""
