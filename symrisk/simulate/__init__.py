"""Monte Carlo that answers with mean, standard error and z: designs, estimators, experiments."""
