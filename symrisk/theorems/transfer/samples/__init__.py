"""K pooled samples: what each costs, and what they are where all is isotropic."""
