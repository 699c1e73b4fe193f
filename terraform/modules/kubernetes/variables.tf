variable "name" {
  description = "The name of the Helm release, and what every object's name begins with."
  type        = string
  default     = "slipway"
  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$", var.name))
    error_message = "It must be 1 to 40 of a-z, 0-9 and '-', beginning and ending with a letter or digit."
  }
}

variable "namespace" {
  description = "The namespace to install into."
  type        = string
  default     = "slipway"
}

variable "create_namespace" {
  description = "Whether the namespace is made unless it is there. Destroying leaves it."
  type        = bool
  default     = true
}

variable "chart" {
  description = "The chart: a folder, or its name in chart_repository. Null: the one beside this module, infra/helm/slipway."
  type        = string
  default     = null
}

variable "chart_repository" {
  description = "The address of the chart's repository; null for a folder."
  type        = string
  default     = null
}

variable "chart_version" {
  description = "The chart's version; null for the newest, or a folder's own."
  type        = string
  default     = null
}

variable "image_repository" {
  description = "Registry and name of the image, without a tag."
  type        = string
}

variable "image_tag" {
  description = "The image's tag. Empty: the chart's version of Slipway."
  type        = string
  default     = ""
}

variable "mode" {
  description = "standalone: one pod with everything and a volume; distributed: a Deployment for each service, which needs stores."
  type        = string
  default     = "standalone"
  validation {
    condition     = contains(["standalone", "distributed"], var.mode)
    error_message = "It must be standalone or distributed."
  }
  validation {
    condition = var.mode != "distributed" || alltrue([
      try(var.stores.arangodb.url, "") != "", try(var.stores.cassandra.contactPoints, "") != "", try(var.stores.s3.url, "") != "",
    ])
    error_message = "The distributed mode needs the addresses of all three stores: give stores, such as the output values of the module stores."
  }
}

variable "stores" {
  description = "The chart's values `stores`: addresses, and the names of Secrets, such as the output values of the module stores."
  type        = any
  default     = {}
}

variable "volume_size" {
  description = "The size of the standalone mode's volume. It can't be made smaller."
  type        = string
  default     = "20Gi"
  validation {
    condition     = can(regex("^[1-9][0-9]*(Mi|Gi|Ti)$", var.volume_size))
    error_message = "It must be a number with Mi, Gi or Ti."
  }
}

variable "host" {
  description = "The host name of an Ingress; null for none."
  type        = string
  default     = null
}

variable "tls_secret" {
  description = "The Secret with the certificate of host; null where the controller has one of its own."
  type        = string
  default     = null
}

variable "ingress_class" {
  description = "The class of the Ingress. Empty: the cluster's default."
  type        = string
  default     = ""
}

variable "values" {
  description = "Further values of the chart, which win over those that the module sets; secrets go into Secrets, by name."
  type        = any
  default     = {}
}

variable "timeout_seconds" {
  description = "How long to wait until all pods are ready. What is not ready then is taken back."
  type        = number
  default     = 600
}
