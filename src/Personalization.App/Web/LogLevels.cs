using Microsoft.Extensions.Options;
using Serilog.Events;

namespace Personalization.App.Web;

/// <summary>The levels of the log in the section <c>Serilog</c>, checked with all other settings.</summary>
internal sealed class LogLevels(IConfiguration configuration) : IValidateOptions<AllSettings>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AllSettings options) =>
        Faults(configuration).ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    /// <summary>A line for each wrong setting.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration) =>
        configuration.GetSection("Serilog").AsEnumerable().Where(setting => setting.Value is not null && setting.Key.Contains(':')).Select(setting => FaultOf(setting.Key, setting.Value!)).OfType<string>();

    private static string? FaultOf(string key, string value)
    {
        if (!IsLevel(key.ToUpperInvariant().Split(':')))
        {
            return $"{key} is not a setting; Serilog takes MinimumLevel:Default and MinimumLevel:Override:<source>.";
        }

        var levels = Enum.GetNames<LogEventLevel>();
        return levels.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"{key} is \"{value}\"; it must be one of {string.Join(", ", levels)}.";
    }

    private static bool IsLevel(string[] key) => key is [_, "MINIMUMLEVEL"] or [_, "MINIMUMLEVEL", "DEFAULT"] or [_, "MINIMUMLEVEL", "OVERRIDE", _, ..];
}
