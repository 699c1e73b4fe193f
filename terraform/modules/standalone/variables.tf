variable "archive_url" {
  description = "Where the machine fetches slipway-VERSION-SYSTEM.zip."
  type        = string
  validation {
    condition     = can(regex("^https://[^ '\"]+\\.zip$", var.archive_url))
    error_message = "It must be an https:// address of a .zip."
  }
}

variable "archive_sha256" {
  description = "The SHA-256 of the zip, in lower-case hex digits. The machine installs nothing else."
  type        = string
  validation {
    condition     = can(regex("^[0-9a-f]{64}$", var.archive_sha256))
    error_message = "It must be 64 lower-case hex digits."
  }
}

variable "domain" {
  description = "The name under which Slipway is reached; Caddy then serves it over HTTPS. Null: it listens on loopback alone."
  type        = string
  default     = null
  validation {
    condition     = var.domain == null || can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.domain))
    error_message = "It must be a host name in lower case."
  }
}

variable "port" {
  description = "The port on loopback."
  type        = number
  default     = 8080
  validation {
    condition     = var.port >= 1024 && var.port <= 65535 && floor(var.port) == var.port
    error_message = "It must be a whole number from 1024 to 65535: the service may not bind lower ones."
  }
}

variable "java_package" {
  description = "Debian's package of a Java runtime, 17 or newer."
  type        = string
  default     = "openjdk-17-jre-headless"
  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.+-]+$", var.java_package))
    error_message = "It must be the name of a package."
  }
}

variable "heap" {
  description = "The greatest heap of the server, such as 2g. A conversion takes up to 3 GiB beside it."
  type        = string
  default     = "2g"
  validation {
    condition     = can(regex("^[1-9][0-9]*[mg]$", var.heap))
    error_message = "It must be a number with m or g."
  }
}

variable "environment" {
  description = "Further environment variables (docs/operations.md), without secrets: clouds show user data to whoever may read the machine."
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for name, value in var.environment : can(regex("^SLIPWAY_[A-Z0-9_]+$", name)) && !strcontains(value, "\n") && !strcontains(value, "\"")])
    error_message = "Names begin with SLIPWAY_; values have neither line breaks nor double quotes."
  }
  validation {
    condition     = alltrue([for name in keys(var.environment) : !contains(["SLIPWAY_HOST", "SLIPWAY_PORT", "SLIPWAY_DATA", "SLIPWAY_SECURITY_MODE", "SLIPWAY_JAVA_OPTIONS"], name)])
    error_message = "The address, the data folder, the security mode and the JVM's options are set by the module."
  }
}
