using System.Text.Json;
using QualityIngest.Client;
using QualityIngest.LiveApi;
using QualityIngest.TestKit;

// The API on a database of its own, for tests that are no .NET: tests/contract starts it and ends it by closing its input.
// The first line of output says where it is, {"address", "key", "admin", "tenant"}, or why it cannot be, {"missing"}.
// Usage: [rows.json [after.sql]], rows of any tables by the tables' names, which get the tenant's id, and what is run behind them.
if (TestPostgres.Missing is { } missing)
{
    Console.WriteLine(JsonSerializer.Serialize(new { missing }));
    return;
}

const string adminKey = "an-administrator-key-of-the-tests-0123456789";
await using var server = await TestPostgres.Start();
var database = await TestDatabase.On(server);
await using var api = await ApiProcess.Start(new Dictionary<string, string>
{
    ["ConnectionStrings__Postgres"] = database.ConnectionString,
    ["Admin__ApiKey"] = adminKey,
    ["Cors__Origins__0"] = "*",
    ["Outbound__Allow__0"] = "127.0.0.1", // where tests receive webhooks
    ["RateLimits__KeyRate"] = "0", // one key asks for all that a run of tests asks
});

var admin = QualityIngestClient.Connect(api.Address, adminKey);
var tenant = await admin.CreateTenantAsync(new NewTenant { Id = "live", Name = "Live" });
var key = await admin.CreateApiKeyAsync(new NewApiKey
{
    Name = "Live",
    Tenant = tenant.Id,
    Scopes =
    [
        "connectors:read", "connectors:write", "conversations:read", "conversations:write", "transcripts:read", "erase:write",
        "webhooks:read", "webhooks:write",
    ],
});
if (args.Length > 0)
    await Rows.Insert(database.Source, tenant.Id, args[0]);
if (args.Length > 1)
    await Rows.Run(database.Source, await File.ReadAllTextAsync(args[1]));

Console.WriteLine(JsonSerializer.Serialize(new { address = api.Address, key = key.Secret, admin = adminKey, tenant = tenant.Id }));
await Console.In.ReadToEndAsync();
await database.DisposeAsync();
