"""The screens: the three panes, and the small ones that open over them."""
