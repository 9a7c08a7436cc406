using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>A server that gives back all that it was sent, as those do that people debug with.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoServer(WebApplication app) => _app = app;

    /// <summary>Its root. Below it, <c>ok</c>, <c>no</c> and <c>moved</c> answer so; <c>token</c> issues tokens, <c>refused</c> none.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    /// <summary>Starts one.</summary>
    /// <param name="token">The token that it issues.</param>
    public static async Task<EchoServer> Start(string token)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => Answer(context, token));
        await app.StartAsync();
        return new(app);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task Answer(HttpContext context, string token)
    {
        if (context.Request.Path == "/token")
        {
            await context.Response.WriteAsync($$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600}""");
            return;
        }

        context.Response.StatusCode = context.Request.Path.Value switch
        {
            "/ok" => StatusCodes.Status200OK,
            "/moved" => StatusCodes.Status307TemporaryRedirect,
            "/refused" => StatusCodes.Status401Unauthorized,
            "/no" => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status403Forbidden,
        };
        context.Response.Headers.Location = context.Request.GetEncodedUrl();
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        await context.Response.WriteAsync($"{context.Request.GetEncodedUrl()}\n{string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}"))}\n\n{body}");
    }
}
