using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace QualityIngest.Audio;

/// <summary>What a worker asks of the operating system itself.</summary>
internal static unsafe partial class Posix
{
    private const int ReadOnly = 0;
    private const int CloseOnExec = 0x80000;
    private const int NoNewPrivileges = 38;
    private const int DataLimit = 2;
    private const int CoreLimit = 4;

    /// <summary>Opens a file for reading, without the locks that .NET takes by a name: it may be open elsewhere in any manner.</summary>
    /// <exception cref="IOException">It is not there, or not ours to read.</exception>
    public static SafeFileHandle Open(string path)
    {
        var descriptor = OpenFile(path, ReadOnly | CloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"The file could not be opened: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>
    /// Gives up what a decoder does not need: more privileges through other programs, core files (they would hold the sound),
    /// and private memory beyond a bound, at which the library gets no more of it.
    /// </summary>
    /// <param name="memoryBytes">The bound.</param>
    public static void Confine(long memoryBytes)
    {
        var none = default(Limit);
        var memory = new Limit { Soft = (nuint)memoryBytes, Hard = (nuint)memoryBytes };
        // A system that knows one of these not goes without: the parent watches as well.
        _ = Control(NoNewPrivileges, 1, 0, 0, 0);
        _ = SetLimit(CoreLimit, in none);
        _ = SetLimit(DataLimit, in memory);
    }

    /// <summary>Ends this process at once, whatever its threads are doing.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public nuint Soft;
        public nuint Hard;
    }
}
