using System.Text;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Queues;

public sealed class QueueImportTests(ApiHost host) : IClassFixture<ApiHost>
{
    [SkippableFact]
    public async Task Rows_become_queues_where_there_is_none_of_their_name()
    {
        var tenant = await host.NewTenant();
        var sales = await tenant.Client.CreateQueueAsync(new QueueInput { Name = "Sales" });

        var report = await Import(tenant, "NAME\nSales\n  Service \n\"Returns, repairs\"\n");

        Assert.Equal((3, 2, 1, 0), (report.Rows, report.Created, report.Unchanged, report.Refused));
        Assert.Equal(sales, await tenant.Client.GetQueueAsync(sales.Id));
        Assert.Equal(["Returns, repairs", "Sales", "Service"], await Names(tenant));
        Assert.Empty(await Names(await host.NewTenant()));
    }

    [SkippableFact]
    public async Task Faulty_rows_are_reported_by_line_and_the_others_are_taken()
    {
        var tenant = await host.NewTenant();

        var report = await Import(tenant, $"name\n\"\"\nSales\n\"Two\nlines\"\nSales \nA,b\n{new string('x', 201)}\nService\n");

        Assert.Equal(
            [(2L, "name", "required"), (4L, "name", "control_character"), (6L, "name", "duplicate_in_file"), (7L, null, "field_count"), (8L, "name", "too_long")],
            report.Errors.Select(error => (error.Line, error.Field, error.Code)));
        Assert.Equal((7, 2, 0, 5), (report.Rows, report.Created, report.Unchanged, report.Refused));
        Assert.Equal(["Sales", "Service"], await Names(tenant));
    }

    [SkippableFact]
    public async Task What_a_program_for_tables_would_compute_is_text()
    {
        var tenant = await host.NewTenant();
        await Import(tenant, "name\n=1+1\n\"@SUM(1,2)\"\n-2\n");
        Assert.Equal(["-2", "=1+1", "@SUM(1,2)"], await Names(tenant));
    }

    [SkippableFact]
    public async Task Importing_the_same_file_again_changes_and_tells_nothing()
    {
        var tenant = await host.NewTenant();
        await Import(tenant, "name\nSales\nService\n");
        var again = await Import(tenant, "name\nSales\nService\n");

        Assert.Equal((0, 2), (again.Created, again.Unchanged));
        Assert.Single((await host.Admin.ListAuditAsync(tenant.Id)).Items, entry => entry.Action == "queue.imported");
    }

    [SkippableFact]
    public async Task Imports_of_the_same_queues_at_once_make_each_once()
    {
        var tenant = await host.NewTenant();
        var names = Enumerable.Range(0, 2_000).Select(i => $"Queue {i}").ToArray();
        var reports = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => Import(tenant, "name\n" + string.Join('\n', i % 2 == 0 ? names : names.AsEnumerable().Reverse()) + "\n")));

        Assert.Equal(2_000, reports.Sum(report => report.Created));
        Assert.All(reports, report => Assert.Equal((2_000, 0), (report.Created + report.Unchanged, report.Refused)));
    }

    [SkippableTheory]
    [InlineData("", "empty_file")]
    [InlineData("name,phone\n", "unknown_column")]
    [InlineData("name,NAME\n", "duplicate_column")]
    public async Task A_file_that_is_no_list_of_queues_is_refused_as_a_whole(string file, string code)
    {
        var tenant = await host.NewTenant();
        await Answer.Refused(422, code, () => Import(tenant, file));
    }

    [SkippableFact]
    public async Task More_rows_than_an_import_may_have_are_refused_as_a_whole()
    {
        var tenant = await host.NewTenant();
        var file = new StringBuilder("name\n").AppendJoin('\n', Enumerable.Range(0, 50_001)).ToString();
        await Answer.Refused(422, "too_many_rows", () => Import(tenant, file));
        Assert.Empty(await Names(tenant));
    }

    private static async Task<string[]> Names(TestTenant tenant) =>
        [.. (await tenant.Client.ListQueuesAsync()).Items.Select(queue => queue.Name).Order(StringComparer.Ordinal)];

    private static Task<QueueImportReport> Import(TestTenant tenant, string file) =>
        tenant.Client.ImportQueuesAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)));
}
