/** What the administration of an installation has to know of the services' entities. */
package dev.slipway.standalone.admin;
