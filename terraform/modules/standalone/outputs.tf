output "user_data" {
  description = "What cloud-init makes of a Debian or Ubuntu machine: give it as user data. The first token, an admin's, is in /root/slipway-token."
  value       = local.user_data
}

output "endpoint" {
  description = "Where Slipway is reached: by its name, or on the machine itself."
  value       = var.domain == null ? "http://127.0.0.1:${var.port}" : "https://${var.domain}"
}

output "unit" {
  description = "The systemd unit."
  value       = local.unit
}
