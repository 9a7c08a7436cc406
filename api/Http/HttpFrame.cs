using Microsoft.AspNetCore.Http.Json;

namespace QualityIngest.Api.Http;

/// <summary>What every request goes through before it meets its endpoint.</summary>
public static class HttpFrame
{
    /// <summary>The most bytes of a body, where an endpoint does not say otherwise: 1 MiB.</summary>
    public const long MaxBody = 1_048_576;

    /// <summary>Registers the frame.</summary>
    public static WebApplicationBuilder AddHttpFrame(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
        });
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<JsonOptions>(json => WireFormat.Apply(json.SerializerOptions));
        builder.Services.AddExceptionHandler<ProblemHandling>();
        builder.Services.AddApiKeyGate();
        builder.Services.AddSingleton<IHttpContextFactory, HiddenSegments>();
        return builder;
    }

    /// <summary>Puts the frame around the endpoints that are mapped afterwards.</summary>
    public static WebApplication UseHttpFrame(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(context => Problems.Write(context.HttpContext, Problems.OfStatus(context.HttpContext.Response.StatusCode)));
        app.UseRouting();
        app.UseApiKeyGate();
        app.UseKnownParameters();
        return app;
    }
}
