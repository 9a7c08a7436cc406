namespace QualityIngest.Database;

/// <summary>Files that only the product's own account reads.</summary>
internal static class PrivateFile
{
    /// <summary>Options that create a file of mode 0600, and fail when it exists already.</summary>
    public static FileStreamOptions Create()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
