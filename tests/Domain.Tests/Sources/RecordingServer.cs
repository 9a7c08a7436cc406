using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace QualityIngest.Domain.Tests.Sources;

/// <summary>A token service that notes what it is asked and refuses.</summary>
internal sealed class RecordingServer(WebApplication app) : IAsyncDisposable
{
    public List<Dictionary<string, string>> Forms { get; } = [];

    public string Endpoint => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<RecordingServer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new RecordingServer(builder.Build());
        server.Run();
        await server.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task StartAsync() => app.StartAsync();

    private void Run() => app.Run(async context =>
    {
        var form = await context.Request.ReadFormAsync();
        Forms.Add(form.ToDictionary(field => field.Key, field => field.Value.ToString()));
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsync("<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
    });
}
