using QualityIngest.Client;

namespace QualityIngest.Api.Tests;

/// <summary>What a refused call says.</summary>
public static class Answer
{
    /// <summary>The problem that a call is refused with.</summary>
    public static async Task<Problem> Problem(Func<Task> call) =>
        (await Assert.ThrowsAsync<QualityIngestException<Problem>>(call)).Result;

    /// <summary>Asserts that a call is refused with a status and code, and returns the problem.</summary>
    public static async Task<Problem> Refused(int status, string code, Func<Task> call)
    {
        var problem = await Problem(call);
        Assert.Equal((status, code), (problem.Status, problem.Code));
        Assert.Equal("urn:qualityingest:problem:" + code, problem.Type);
        return problem;
    }
}
