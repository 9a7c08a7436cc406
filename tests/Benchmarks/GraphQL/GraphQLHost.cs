using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QualityIngest.Api.Admin;
using QualityIngest.Api.GraphQL.Serving;
using QualityIngest.Api.Http;
using QualityIngest.Database;
using QualityIngest.Domain;
using QualityIngest.Domain.Tenants;
using QualityIngest.EventStore;
using QualityIngest.TestKit;

namespace QualityIngest.Benchmarks.GraphQL;

/// <summary>One process that serves <c>/graphql</c> as the product does, and, beside it, hand-written SQL without anything around it.</summary>
internal sealed class GraphQLHost : IAsyncDisposable
{
    private const string AdminKey = "benchmark-admin-key-0123456789abcdef";

    private static readonly string[] Scopes = ["connectors:read", "conversations:read", "transcripts:read"];

    private readonly WebApplication _app;

    private GraphQLHost(WebApplication app) => _app = app;

    /// <summary>The tenant that is asked.</summary>
    public const string Tenant = "bench-1";

    /// <summary>A client that shows the tenant's key.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });

    /// <summary>Starts it on a free port.</summary>
    public static async Task<GraphQLHost> Start(TestDatabase database, IReadOnlyList<BareStatement> bare, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Postgres"] = database.ConnectionString,
            ["Admin:ApiKey"] = AdminKey,
            ["Data:Directory"] = Path.Combine(Path.GetTempPath(), "qi-bench-" + Guid.NewGuid().ToString("n")),
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddHttpFrame();
        builder.Services.AddDatabase(builder.Configuration);
        builder.Services.AddSingleton(new MigrationSet("EventStore", typeof(StoredEvent).Assembly));
        builder.Services.AddSingleton(DomainServices.Migrations);
        builder.Services.AddTenants();
        builder.Services.AddGraphQL(builder.Configuration);

        var app = builder.Build();
        app.UseGraphQL();
        app.UseHttpFrame();
        var v1 = app.MapV1();
        v1.MapTenants();
        v1.MapApiKeys();
        app.MapGraphQL();
        foreach (var statement in bare)
            app.MapGet(statement.Path, (Postgres postgres, HttpResponse response, CancellationToken stop) => statement.Answer(postgres, response, stop));
        await app.Services.StartDatabase(cancel);
        await app.StartAsync(cancel);

        var host = new GraphQLHost(app);
        host.Client.BaseAddress = new(app.Urls.Single());
        host.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Key(host.Client.BaseAddress, cancel));
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<string> Key(Uri address, CancellationToken cancel)
    {
        using var admin = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) } };
        using var answer = await admin.PostAsJsonAsync(
            "v1/admin/keys",
            new { name = "Benchmark", tenant = Tenant, scopes = Scopes }, cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("secret").GetString()!;
    }
}
