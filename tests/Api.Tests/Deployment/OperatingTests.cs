using QualityIngest.TestKit.Processes;

namespace QualityIngest.Api.Tests.Deployment;

/// <summary>What the page of operating tells to do, done as it stands there.</summary>
public sealed class OperatingTests
{
    [SkippableFact]
    public async Task A_backup_is_restored_on_another_server_with_its_secrets_and_schedules()
    {
        OperatedDatabase.Require();
        await using var first = await OperatedDatabase.Start();
        await first.Follow("A PostgreSQL of your own");
        Kept kept;
        await using (var node = await first.StartNode())
            kept = await Kept.Make(first, node);
        await first.Follow("Back up");

        await using var second = await OperatedDatabase.Start(new Dictionary<string, string> { ["backup"] = Path.Combine(first.Terminal.Directory, "backup") });
        await second.Follow("Restore");

        await using (var node = await second.StartNode())
            await kept.IsThere(node);
        await second.Run("update quartz.qrtz_triggers set next_fire_time = next_fire_time - 2 * 864000000000");
        await using (var node = await second.StartNode())
            await kept.IsScanned(node);
    }

    [SkippableFact]
    public async Task Keys_are_changed_and_the_old_one_opens_nothing_any_more()
    {
        OperatedDatabase.Require();
        await using var database = await OperatedDatabase.Start();
        await database.Follow("A PostgreSQL of your own");
        Kept kept;
        await using (var node = await database.StartNode())
            kept = await Kept.Make(database, node);
        var old = database.NodeSettings()["Secrets__Keys__0"];

        await database.Follow("Change the secrets' keys");

        Assert.NotEqual(old, database.NodeSettings()["Secrets__Keys__0"]);
        await using (var node = await database.StartNode())
            await kept.IsThere(node);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => database.StartNode(settings => settings["Secrets__Keys__0"] = old));
        Assert.Contains("does not have the keys", refused.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_read_tables_are_made_anew()
    {
        OperatedDatabase.Require();
        await using var database = await OperatedDatabase.Start();
        await database.Follow("A PostgreSQL of your own");
        Kept kept;
        await using (var node = await database.StartNode())
            kept = await Kept.Make(database, node);
        await database.Run("delete from conversation_search; delete from conversations");

        await database.Follow("Make the read tables anew");

        await using (var node = await database.StartNode())
            await kept.IsThere(node);
    }

    [SkippableFact]
    public async Task The_private_database_moves_to_a_server_with_its_keys()
    {
        OperatedDatabase.Require();
        await using var database = await OperatedDatabase.Start(new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:" + FreePort.Next(),
        });
        await database.Follow("A PostgreSQL of your own", ..1);
        Kept kept;
        await using (var node = await database.StartNode(settings =>
        {
            settings.Remove("ConnectionStrings__Postgres");
            settings.Remove("Secrets__Keys__0");
            settings["Data__Directory"] = Path.Combine(database.Terminal.Directory, "data");
        }))
        {
            kept = await Kept.Make(database, node);
        }

        await database.Follow("From the private PostgreSQL to your own");

        await using (var node = await database.StartNode())
            await kept.IsThere(node);
    }

    [SkippableFact]
    public async Task A_database_of_an_earlier_version_is_upgraded_with_its_data()
    {
        OperatedDatabase.Require();
        await using var database = await OperatedDatabase.Start();
        await database.Follow("A PostgreSQL of your own");
        Kept kept;
        await using (var node = await database.StartNode())
            kept = await Kept.Make(database, node);
        await EarlierSchema.Make(database, through: 12);
        var early = await Assert.ThrowsAsync<InvalidOperationException>(() => database.StartNode(settings => settings["Database__Migrate"] = "false"));
        Assert.Contains("lacks migration Domain/0013", early.Message, StringComparison.Ordinal);

        await database.Follow("Upgrade");

        await using (var node = await database.StartNode(settings => settings["Database__Migrate"] = "false"))
            await kept.IsThere(node);
        await database.Run("insert into qi.schema_migrations (room, number, name, checksum) values ('Domain', 9999, 'of_tomorrow', '')");
        var late = await Assert.ThrowsAsync<InvalidOperationException>(() => database.StartNode());
        Assert.Contains("its schema is newer", late.Message, StringComparison.Ordinal);
    }
}
