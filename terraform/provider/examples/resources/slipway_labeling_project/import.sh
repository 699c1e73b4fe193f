terraform import slipway_labeling_project.digits digits # the project's name
