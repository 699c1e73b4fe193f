/**
 * The JVM beside the service in which models are run and converted, so that no model can take the service down: what runs in
 * the child ({@link dev.slipway.conversion.child.ConversionChild} and below), and the service's side of it ({@link
 * dev.slipway.conversion.child.ChildPool}).
 *
 * <p>A job is a folder. The service writes {@code request.json}, {@code model.onnx} and NumPy files into it and sends its
 * path in a line; the child answers in lines of {@link dev.slipway.conversion.child.ChildLine} and leaves {@code
 * outcome.json} and what it made in the folder.
 */
package dev.slipway.conversion.child;
