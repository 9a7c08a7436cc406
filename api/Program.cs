using QualityIngest.Api;
using QualityIngest.Api.Admin;
using QualityIngest.Api.Agents;
using QualityIngest.Api.Batches;
using QualityIngest.Api.CallRecords;
using QualityIngest.Api.Connectors;
using QualityIngest.Api.Conversations;
using QualityIngest.Api.Events;
using QualityIngest.Api.Files;
using QualityIngest.Api.Formats;
using QualityIngest.Api.GraphQL.Catalogue;
using QualityIngest.Api.GraphQL.Serving;
using QualityIngest.Api.Health;
using QualityIngest.Api.Http;
using QualityIngest.Api.OpenApi;
using QualityIngest.Api.Queues;
using QualityIngest.Api.Sales;
using QualityIngest.Api.Scans;
using QualityIngest.Api.Telemetry;
using QualityIngest.Api.Usage;
using QualityIngest.Api.Webhooks;
using QualityIngest.Audio;
using QualityIngest.Database;
using QualityIngest.Domain;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Ingest;
using QualityIngest.Domain.Notifications;
using QualityIngest.Domain.Rebuild;
using QualityIngest.Domain.Retention;
using QualityIngest.Domain.Scheduling;
using QualityIngest.Domain.Secrets;
using QualityIngest.Domain.Sources;
using QualityIngest.Domain.Tenants;
using QualityIngest.Domain.Webhooks;
using QualityIngest.EventStore;

// A child process that decodes recordings; of the rest of this program it needs nothing.
if (args is [SoundWorker.Command, ..])
    return SoundWorker.Run(args.AsSpan(1));

if (args is ["graphql-schema", ..])
    return await SchemaFile.Write(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddConsole();
builder.AddHttpFrame();
builder.Services.Configure<HostOptions>(host =>
{
    // What runs comes to its end side by side, an attempt at a subscriber's (Webhooks:Timeout, at most a minute) among it.
    host.ServicesStopConcurrently = true;
    host.ShutdownTimeout = TimeSpan.FromSeconds(90);
});
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddSingleton(new MigrationSet("EventStore", typeof(StoredEvent).Assembly));
builder.Services.AddSingleton(DomainServices.Migrations);
builder.Services.AddSingleton<SecretRotation>();
builder.Services.AddTenants();
builder.Services.AddDirectory();
builder.Services.AddFormats(builder.Configuration);
builder.Services.AddSources(builder.Configuration);
builder.Services.AddSound(builder.Configuration, typeof(Program).Assembly);
builder.Services.AddIngest(builder.Configuration);
builder.Services.AddScheduling(builder.Configuration);
builder.Services.AddNotifications(builder.Configuration);
builder.Services.AddWebhooks(builder.Configuration);
builder.Services.AddRetention(builder.Configuration);
builder.Services.AddEvents(builder.Configuration);
builder.Services.AddGraphQL(builder.Configuration);
builder.Services.AddDocument();
builder.Services.AddHealth();
builder.Services.AddMetricsPage(builder.Configuration);

var app = builder.Build();
app.UseHttpEdge();
app.UseGraphQL();
app.UseHttpFrame();
app.MapHealth();
app.MapMetrics();
app.MapDocument();
var v1 = app.MapV1();
v1.MapTenants();
v1.MapTenantQuotas();
v1.MapApiKeys();
v1.MapAudit();
v1.MapWorkItems();
v1.MapQueues();
v1.MapAgents();
v1.MapConnectors();
v1.MapQueueMappings();
v1.MapSchedules();
v1.MapNotifications();
v1.MapScans();
v1.MapFormats();
v1.MapFiles();
v1.MapRejections();
v1.MapBatches();
v1.MapConversations();
v1.MapErasures();
v1.MapExports();
v1.MapRecordings();
v1.MapCallRecords();
v1.MapSales();
v1.MapUsage();
v1.MapWebhookEndpoints();
v1.MapWebhookDeliveries();
v1.MapEvents();
app.MapGraphQL();

if (args is ["openapi", ..])
    return await app.WriteDocument(args);
await app.Services.StartDatabase();
if (args is ["migrate"] or ["reseal"] or ["rebuild"])
{
    if (args is ["reseal"])
        await app.Services.GetRequiredService<SecretRotation>().Run(CancellationToken.None);
    if (args is ["rebuild"])
        await app.Services.GetRequiredService<ReadTables>().Rebuild(CancellationToken.None);
    await app.DisposeAsync();
    return 0;
}

await app.RunAsync();
return 0;
