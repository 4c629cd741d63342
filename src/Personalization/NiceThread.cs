using System.Globalization;
using System.Runtime.InteropServices;

namespace Personalization;

/// <summary>
/// Priorities of single threads. On Linux <see cref="Thread.Priority"/> has no effect, and <c>setpriority</c> changes the thread of
/// the given id, or for 0 the calling one, alone (setpriority(2), "C library/kernel differences").
/// </summary>
public static class NiceThread
{
    // Linux keeps so many characters of a thread's name.
    private const int MaxName = 15;

    /// <summary>Lowers the priority of the calling thread.</summary>
    /// <param name="nice">The nice value on Linux, 0 to 19; elsewhere anything above 0 is the lowest priority.</param>
    public static void LowerCurrent(int nice)
    {
        if (nice > 0 && !OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        }
        else if (nice > 0)
        {
            // Lowering one's own priority is always allowed.
            _ = SetPriority(nice, 0);
        }
    }

    /// <summary>Lowers the priority of this program's threads of a name, on Linux; elsewhere it does nothing.</summary>
    /// <param name="name">Compared as far as Linux keeps names.</param>
    /// <param name="nice">The nice value, 0 to 19.</param>
    public static void Lower(string name, int nice)
    {
        if (nice == 0 || !OperatingSystem.IsLinux())
        {
            return;
        }

        var kept = name[..Math.Min(name.Length, MaxName)];
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            if (NameOf(thread) == kept)
            {
                _ = SetPriority(nice, uint.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture));
            }
        }
    }

    private static string? NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd('\n');
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    private static int SetPriority(int nice, uint thread)
    {
        const int Process = 0;

        return SetPriority(Process, thread, nice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int value);
}
