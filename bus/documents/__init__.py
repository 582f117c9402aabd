"""What contracts say, as documents that programs of any language read: JSON Schema, OpenAPI, AsyncAPI, pages."""
