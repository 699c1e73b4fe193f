variable "name" {
  description = "The name of the Helm release that holds the Secrets, and what their names begin with."
  type        = string
  default     = "slipway-stores"
  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "It must be 1 to 40 of a-z, 0-9 and '-', beginning and ending with a letter or digit."
  }
}

variable "namespace" {
  description = "The namespace that Slipway runs in."
  type        = string
  default     = "slipway"
}

variable "create_namespace" {
  description = "Whether the namespace is made unless it is there. Destroying leaves it."
  type        = bool
  default     = true
}

variable "arangodb" {
  description = "Where ArangoDB is: http:// or https://, host and port, several Coordinators separated by commas."
  type = object({
    url      = string
    database = optional(string, "slipway")
    user     = optional(string, "root")
  })
  default = null
  validation {
    condition     = var.arangodb == null || can(regex("^https?://[^/@, ]+(,https?://[^/@, ]+)*$", var.arangodb.url))
    error_message = "The url holds neither a path nor credentials: give the password as arangodb_password."
  }
}

variable "arangodb_password" {
  description = "The password of ArangoDB's user; null for none."
  type        = string
  default     = null
  sensitive   = true
}

variable "cassandra" {
  description = "Where Cassandra is: host:port, and the data center as nodetool status shows it."
  type = object({
    contact_points = list(string)
    datacenter     = string
    keyspace       = optional(string, "slipway")
    user           = optional(string, "")
    replication    = optional(number, 3)
    tls            = optional(bool, false)
  })
  default = null
  validation {
    condition     = var.cassandra == null || try(length(var.cassandra.contact_points) > 0 && alltrue([for point in var.cassandra.contact_points : can(regex("^[^:/ ,]+:[0-9]+$", point))]), false)
    error_message = "The contact points are host:port, one at least."
  }
}

variable "cassandra_password" {
  description = "The password of Cassandra's user; null for none."
  type        = string
  default     = null
  sensitive   = true
}

variable "s3" {
  description = "Where the bucket is, on S3 or MinIO."
  type = object({
    url        = string
    bucket     = string
    prefix     = optional(string, "")
    region     = optional(string, "us-east-1")
    access_key = optional(string)
  })
  default = null
  validation {
    condition     = var.s3 == null || can(regex("^https?://[^/@ ]+$", var.s3.url))
    error_message = "The url holds neither a path nor credentials: give them as s3.access_key and s3_secret_key."
  }
}

variable "s3_secret_key" {
  description = "The secret of s3.access_key; null where the pods get their rights another way."
  type        = string
  default     = null
  sensitive   = true
  validation {
    condition     = (var.s3_secret_key == null) == (try(var.s3.access_key, null) == null)
    error_message = "s3.access_key and s3_secret_key go together."
  }
}
