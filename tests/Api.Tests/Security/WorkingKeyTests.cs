namespace QualityIngest.Api.Tests.Security;

/// <summary>The matrix' requests are good ones: with the key that fits, each does what it is for.</summary>
public sealed class WorkingKeyTests(MatrixHost host) : IClassFixture<MatrixHost>
{
    [SkippableFact]
    public async Task Every_operation_succeeds_with_the_key_that_fits()
    {
        _ = host.Services;
        var answers = new List<OperationAnswer>();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
        {
            foreach (var operation in host.Operations.Where(o => o.Method == method && o.Scope is not null))
                answers.Add(await host.Call(operation, host.Keys.Fitting(operation)));
        }

        Assert.Equal(host.Operations.Count - 1, answers.Count);
        Assert.Equal([], answers.Where(a => host.Requests[a.Operation.Id].Refused is { } status ? a.Status != status : a.Status is < 200 or >= 300).Select(a => $"{a} {a.Body}"));
        Assert.Equal([], answers.Select(a => a.Undocumented).OfType<string>());
    }
}
