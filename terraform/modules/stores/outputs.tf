output "values" {
  description = "The chart's values `stores`, for the module kubernetes: addresses and names of Secrets, no secrets. Known once the Secrets are there."
  value       = local.values
  depends_on  = [helm_release.secrets]
}
