terraform import slipway_monitor.digits 'digits in production' # the monitor's name
