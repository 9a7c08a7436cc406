using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace QualityIngest.Api.Http.Edge;

/// <summary>Whether browsers are told to come back over TLS alone. Section <c>Hsts</c>.</summary>
public sealed record HstsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Hsts";

    /// <summary>What must hold.</summary>
    public const string Rule = "Hsts:Days is from 0 to 3650.";

    /// <summary>For how many days; 0: they are not told. Default 0: whoever ends TLS before this server may say it better.</summary>
    public int Days { get; init; }

    /// <summary>Whether it does.</summary>
    public bool IsValid => Days is >= 0 and <= 3650;
}

/// <summary>Headers that keep browsers from doing with an answer what it is not meant for.</summary>
public static class AnswerHeaders
{
    /// <summary>Sets them in every answer that does not say otherwise.</summary>
    public static IApplicationBuilder UseAnswerHeaders(this IApplicationBuilder app)
    {
        var days = app.ApplicationServices.GetRequiredService<IOptions<HstsOptions>>().Value.Days;
        var transport = days == 0 ? null : $"max-age={days * 86_400L}";
        return app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers[HeaderNames.XContentTypeOptions] = "nosniff";
                headers.TryAdd(HeaderNames.ContentSecurityPolicy, "frame-ancestors 'none'");
                headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
                headers.TryAdd("Referrer-Policy", "no-referrer");
                if (context.Request.Path.StartsWithSegments("/v1"))
                    headers.TryAdd(HeaderNames.CacheControl, "no-store");
                if (transport is not null && context.Request.IsHttps)
                    headers[HeaderNames.StrictTransportSecurity] = transport;
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
