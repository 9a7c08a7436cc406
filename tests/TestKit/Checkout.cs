namespace QualityIngest.TestKit;

/// <summary>The checkout that a test or a program of the tests runs from.</summary>
public static class Checkout
{
    /// <summary>The folder of <c>QualityIngest.sln</c>.</summary>
    /// <exception cref="InvalidOperationException">The program does not run from a checkout.</exception>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "QualityIngest.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("This program does not run from a checkout.");
    }
}
