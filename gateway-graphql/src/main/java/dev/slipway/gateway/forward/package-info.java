/** Carries the public REST requests to the services that answer them, where these run in other processes. */
package dev.slipway.gateway.forward;
