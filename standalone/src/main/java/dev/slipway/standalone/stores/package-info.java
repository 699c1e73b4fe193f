/** Which stores a process has, and how it keeps hold of them. */
package dev.slipway.standalone.stores;
