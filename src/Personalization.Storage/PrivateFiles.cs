using System.Runtime.InteropServices;

namespace Personalization.Storage;

/// <summary>Keeps what the program stores from other users of the machine: folders of mode 0700 and files of mode 0600, on Unix.</summary>
public static class PrivateFiles
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>From now on, nothing that the process creates is open to others (umask(2)).</summary>
    public static void ByDefault()
    {
        if (!OperatingSystem.IsWindows())
        {
            const uint OthersAndGroup = 0b111_111;
            _ = Umask(OthersAndGroup);
        }
    }

    /// <summary>Creates a folder; one that exists is left as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
        }
    }

    /// <summary>Takes the rights of others away from a folder.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static bool TightenFolder(string path) => Tighten(path, Folder);

    /// <summary>Takes the rights of others away from a file.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static bool TightenFile(string path) => Tighten(path, Owner);

    private static bool Tighten(string path, UnixFileMode allowed)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~allowed) == UnixFileMode.None)
        {
            return false;
        }

        File.SetUnixFileMode(path, File.GetUnixFileMode(path) & allowed);
        return true;
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint Umask(uint mask);
}
