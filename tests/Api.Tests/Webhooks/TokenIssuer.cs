using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Api.Tests.Conversations.Erasure;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>Issues access tokens over TLS to the client <see cref="Client"/>, as long as it knows its secret.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    /// <summary>The client's id.</summary>
    public const string Client = "client";

    private readonly WebApplication _app;
    private readonly string _credentials;
    private int _asked;
    private int _failures;

    private TokenIssuer(WebApplication app, string secret) =>
        (_app, _credentials) = (app, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Client}:{secret}")));

    /// <summary>Where it listens.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/token";

    /// <summary>The token that counts.</summary>
    public string Valid { get; private set; } = Canary.New();

    /// <summary>How often it was asked for one.</summary>
    public int Asked => _asked;

    /// <summary>Starts one.</summary>
    /// <param name="authority">Whose certificate it has.</param>
    /// <param name="secret">The client's secret.</param>
    public static async Task<TokenIssuer> Start(Authority authority, string secret)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(authority.ForLoopback())));
        var issuer = new TokenIssuer(builder.Build(), secret);
        issuer._app.Run(issuer.Issue);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>From now on another token counts.</summary>
    public void Expire() => Valid = Canary.New();

    /// <summary>Fails the next so many times.</summary>
    public void Fail(int times) => _failures = times;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task Issue(HttpContext context)
    {
        Interlocked.Increment(ref _asked);
        if (Interlocked.Decrement(ref _failures) >= 0)
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (context.Request.Headers.Authorization != _credentials)
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            return context.Response.WriteAsync($$"""{"access_token":"{{Valid}}","token_type":"Bearer","expires_in":3600}""");
        return Task.CompletedTask;
    }
}
