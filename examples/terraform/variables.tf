# Where things are, and the values: those are ephemeral, so that no plan and no state holds them.
variable "url" {
  description = "The address of the engine, without a path."
  type        = string
}

variable "issuer" {
  description = "Of a GitHub Enterprise server; null is github.com."
  type        = string
  default     = null
}

variable "db_host" {
  type    = string
  default = "db.internal"
}

variable "db_port" {
  type    = number
  default = 5432
}

variable "db_username" {
  description = "May create roles, and is member of shop_reader with admin option."
  type        = string
  default     = "secrets_engine"
}

variable "db_sslmode" {
  description = "disable is for loopback only; null checks the certificate of the server."
  type        = string
  default     = null
}

variable "aws_role_arn" {
  type    = string
  default = "arn:aws:iam::123456789012:role/shop-deployer"
}

variable "aws_access_key_id" {
  type    = string
  default = "AKIAIOSFODNN7EXAMPLE"
}

variable "aws_endpoint" {
  description = "A private endpoint of STS and IAM; null is AWS itself."
  type        = string
  default     = null
}

variable "aws_secret_access_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "db_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "stripe_key" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "log_level" {
  type      = string
  sensitive = true
  ephemeral = true
}
