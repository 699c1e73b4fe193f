terraform import slipway_trigger.drift 'retrain on drift' # the trigger's name
