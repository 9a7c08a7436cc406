using System.Reflection;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class DocumentedFailuresTests
{
    [Fact]
    public void Every_failure_is_explained_to_people_and_listed()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "errors.md"));
        var failures = typeof(S3Failures).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => Assert.IsType<SourceFailure>(field.GetValue(null)))
            .Append(S3Failures.FileTooLarge(5, 4))
            .Append(S3Failures.InRegion("eu-central-1"))
            .ToList();

        Assert.True(failures.Count > 30);
        Assert.All(failures, failure =>
        {
            Assert.Contains($"| `{failure.Code}` | ", page, StringComparison.Ordinal);
            Assert.Matches("^[a-z][a-z_]*[a-z]$", failure.Code);
            Assert.All([failure.Message, failure.Resolution], sentence => Assert.Matches("^[A-Z].*[.]$", sentence));
        });
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "QualityIngest.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
