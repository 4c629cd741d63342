using System.Reflection;

namespace Personalization.Storage.Backup;

/// <summary>The version of the program, for messages and manifests.</summary>
internal static class ProgramVersion
{
    public static string Current { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
