using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QualityIngest.Api.Tests.OpenApi;
using QualityIngest.Client;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests;

/// <summary>
/// The whole API on a real socket and a database of its own, for a class fixture. Tests speak to it as a client does.
/// </summary>
public class ApiHost : IAsyncLifetime
{
    /// <summary>The configuration's administrator key.</summary>
    public const string AdminKey = "an-administrator-key-of-the-tests-0123456789";

    private static readonly string[] AllScopes =
    [
        "connectors:read", "connectors:write", "conversations:read", "conversations:write", "transcripts:read", "erase:write",
        "webhooks:read", "webhooks:write",
    ];

    private Factory? _factory;

    /// <summary>The database.</summary>
    public TestDatabase Database { get; private set; } = new();

    /// <summary>A database that somebody else keeps, e.g. another node's; null: one of its own.</summary>
    public TestDatabase? On { get; init; }

    /// <summary>The server's root, with a trailing slash.</summary>
    public Uri Address => Running.ClientOptions.BaseAddress;

    /// <summary>The application's services, for what a test arranges behind the API's back.</summary>
    public IServiceProvider Services => Running.Services;

    /// <summary>The administrator's client.</summary>
    public QualityIngestClient Admin => Client(AdminKey);

    private Factory Running
    {
        get
        {
            _ = Database.Source; // skips the test when there is no PostgreSQL
            return _factory!;
        }
    }

    /// <summary>More configuration for the application, as <c>Section:Name</c>.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    /// <summary>Changes the application's services before it is built.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>A client with a key.</summary>
    public QualityIngestClient Client(string apiKey) => new(Http(apiKey));

    /// <summary>A plain HTTP client, with or without a key, for what the generated client cannot send.</summary>
    public HttpClient Http(string? apiKey = null)
    {
        var http = new HttpClient(new DocumentedAnswers()) { BaseAddress = Address };
        if (apiKey is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return http;
    }

    /// <summary>Makes a tenant and a key of it.</summary>
    /// <param name="scopes">What the key allows; none: everything that a tenant's key can.</param>
    public async Task<TestTenant> NewTenant(params string[] scopes)
    {
        var tenant = await Admin.CreateTenantAsync(new NewTenant { Id = "t-" + Guid.NewGuid().ToString("n"), Name = "Test" });
        var key = await NewKey(tenant.Id, scopes.Length == 0 ? AllScopes : scopes);
        return new TestTenant(tenant.Id, key.Secret, Client(key.Secret));
    }

    /// <summary>Makes a key of a tenant.</summary>
    public Task<IssuedApiKey> NewKey(string tenant, params string[] scopes) =>
        Admin.CreateApiKeyAsync(new NewApiKey { Name = "Test", Tenant = tenant, Scopes = scopes });

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        if (On is not null)
            Database = On;
        else
            await Database.InitializeAsync();
        if (TestPostgres.Missing is not null)
            return;
        _factory = new Factory(Database.ConnectionString, Settings, Configure);
        _factory.UseKestrel(0);
        _factory.StartServer();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_factory is not null)
            await _factory.DisposeAsync();
        if (On is null)
            await Database.DisposeAsync();
    }

    private sealed class Factory(string connectionString, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection> configure)
        : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("ConnectionStrings:Postgres", connectionString);
            builder.UseSetting("Admin:ApiKey", AdminKey);
            foreach (var (name, value) in settings)
                builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureServices(configure);
        }
    }
}

/// <summary>A tenant with a key of its own.</summary>
/// <param name="Id">The tenant.</param>
/// <param name="Secret">Its key.</param>
/// <param name="Client">A client that shows the key.</param>
public sealed record TestTenant(string Id, string Secret, QualityIngestClient Client);
