using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using QualityIngest.Api.Http.Edge;
using QualityIngest.Api.Http.Repeats;
using QualityIngest.Domain.Idempotency;

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
        builder.Services.AddOptions<HstsOptions>()
            .Bind(builder.Configuration.GetSection(HstsOptions.Section)).Validate(options => options.IsValid, HstsOptions.Rule).ValidateOnStart();
        builder.Services.AddCrossOrigin(builder.Configuration);
        builder.Services.AddApiKeyGate(builder.Configuration);
        builder.Services.AddIdempotency(builder.Configuration);
        builder.Services.AddSingleton<ClaimedCall>();
        builder.Services.AddSingleton<IHttpContextFactory, HiddenSegments>();
        return builder;
    }

    /// <summary>What holds for every answer of this server, its pages included; it stands before everything else.</summary>
    public static WebApplication UseHttpEdge(this WebApplication app)
    {
        app.UseRequestIdentity();
        app.UseAnswerHeaders();
        if (app.Services.GetRequiredService<IOptions<CorsOptions>>().Value.Origins.Count > 0)
            app.UseCors();
        return app;
    }

    /// <summary>Puts the frame around the endpoints that are mapped afterwards.</summary>
    public static WebApplication UseHttpFrame(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = _ => Task.CompletedTask });
        app.UseHeadRequests();
        app.UseStatusCodePages(context => Problems.Write(context.HttpContext, Problems.OfStatus(context.HttpContext.Response.StatusCode)));
        app.UseAllowedMethods();
        app.UseRouting();
        app.UseTiming();
        app.UseDeprecation();
        app.UseApiKeyGate();
        app.UseKnownParameters();
        app.UseIdempotency();
        return app;
    }
}
