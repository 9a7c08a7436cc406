using QualityIngest.Api;
using QualityIngest.Api.Admin;
using QualityIngest.Api.Health;
using QualityIngest.Api.Http;
using QualityIngest.Api.OpenApi;
using QualityIngest.Api.Queues;
using QualityIngest.Database;
using QualityIngest.Domain;
using QualityIngest.Domain.Directory;
using QualityIngest.Domain.Tenants;
using QualityIngest.EventStore;

var builder = WebApplication.CreateBuilder(args);
builder.AddConsole();
builder.AddHttpFrame();
builder.Services.AddDatabase(builder.Configuration);
builder.Services.AddSingleton(new MigrationSet("EventStore", typeof(StoredEvent).Assembly));
builder.Services.AddSingleton(DomainServices.Migrations);
builder.Services.AddTenants();
builder.Services.AddDirectory();
builder.Services.AddDocument();
builder.Services.AddHealth();

var app = builder.Build();
app.UseHttpFrame();
app.MapHealth();
app.MapDocument();
var v1 = app.MapV1();
v1.MapTenants();
v1.MapApiKeys();
v1.MapAudit();
v1.MapQueues();

if (args is ["openapi", ..])
    return await app.WriteDocument(args);
await app.Services.StartDatabase();
await app.RunAsync();
return 0;
