package dev.slipway.mlflow;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Lets the addresses of MLflow's own page, {@code /ajax-api/…}, lead where those of its clients do. This is done where
 * requests come in, so that nobody behind it knows two addresses for one thing; filters can't change the address of a
 * request that has a body.
 */
@Singleton
final class PagePaths implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
    @Override
    public NettyServerCustomizer.Registry onCreated(BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
        NettyServerCustomizer.Registry registry = event.getBean();
        registry.register(new Connections());
        return registry;
    }

    private record Connection(Channel channel) implements NettyServerCustomizer {
        @Override
        public void onStreamPipelineBuilt() {
            channel.pipeline()
                    .addAfter(ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC, "mlflow-page-paths", new Rewriter());
        }
    }

    private record Connections() implements NettyServerCustomizer {
        @Override
        public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
        }
    }

    private static final class Rewriter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request && request.uri().startsWith(MlflowPaths.PAGE)) {
                request.setUri(MlflowPaths.CLIENTS + request.uri().substring(MlflowPaths.PAGE.length()));
            }
            context.fireChannelRead(message);
        }
    }
}
