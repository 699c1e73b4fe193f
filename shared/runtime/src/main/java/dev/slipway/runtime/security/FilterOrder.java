package dev.slipway.runtime.security;

/** In which order requests are looked at; smaller ones first. All of them come before any route is carried out. */
public final class FilterOrder {
    public static final int REQUEST_ID = -1000;
    public static final int TRACE = -950;
    public static final int HOST = -900;
    public static final int ORIGIN = -800;
    public static final int CONTENT_TYPE = -700;
    public static final int INTERNAL = -600;
    public static final int CALLER = -500;
    public static final int FORWARD = -400;

    private FilterOrder() {}
}
