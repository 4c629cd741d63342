using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Personalization;

/// <summary>
/// A section of settings and what is wrong in it: unknown keys, values of the wrong type and, once it is bound, values out
/// of range. Each fault is one line with the key, the value and what is allowed.
/// </summary>
public sealed class SettingsSection
{
    private readonly List<(string Key, string Line)> _faults = [];
    private readonly HashSet<string> _unreadable = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _emptied = new(StringComparer.OrdinalIgnoreCase);

    private SettingsSection(IConfigurationSection section)
    {
        Path = section.Path;
        Usable = section;
    }

    /// <summary>A section whose settings are checked elsewhere.</summary>
    /// <param name="faults">A line for each fault, which begins with its key.</param>
    public SettingsSection(string path, params IEnumerable<string> faults)
    {
        Path = path;
        _faults.AddRange(faults.Select(line => (path, line)));
        Usable = new ConfigurationBuilder().Build();
    }

    /// <summary>The section's key, such as <c>Backends:ComfyUi</c>.</summary>
    public string Path { get; }

    /// <summary>A line for each unknown key and each value of the wrong type.</summary>
    public IEnumerable<string> Faults => _faults.Select(fault => fault.Line);

    /// <summary>The section without the values of the wrong type, so that binding it does not throw.</summary>
    internal IConfiguration Usable { get; private set; }

    /// <summary>Reads a section against the options that it is bound to.</summary>
    /// <param name="besides">Keys that are not in the options and are read in another way.</param>
    internal static SettingsSection Read(IConfigurationSection section, Type options, params IReadOnlyList<string> besides)
    {
        var read = new SettingsSection(section);
        read.Check(section, options, property: null, besides);
        read.Usable = new ConfigurationBuilder()
            .AddInMemoryCollection(section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Key.Length > 0 && !read.IsUnreadable(section.GetSection(pair.Key)))
                .Select(pair => read._emptied.Contains($"{section.Path}:{pair.Key}") ? new(pair.Key, null) : pair))
            .Build();
        return read;
    }

    /// <summary>The lines of what data annotations and <see cref="IValidatableObject"/> find wrong in the bound options.</summary>
    internal IEnumerable<string> Validate(object options) => Validate(Path, options);

    private void Check(IConfigurationSection section, Type type, PropertyInfo? property, IReadOnlyList<string> besides)
    {
        if (ElementOf(type) is { } element)
        {
            // An empty value is an empty list.
            if (!string.IsNullOrEmpty(section.Value))
            {
                _emptied.Add(section.Path);
                Add(section.Path, $"{section.Path} has a value of its own; it is {(IsDictionary(type) ? "a section of named items" : $"a list, whose items are {section.Path}:0, {section.Path}:1 and so on")}.");
            }

            foreach (var child in section.GetChildren())
            {
                Check(child, element, property: null, []);
            }
        }
        else if (IsNested(type))
        {
            CheckKeys(section, type, besides);
        }
        else if (section.GetChildren().FirstOrDefault() is { } child)
        {
            Add(child.Path, $"{child.Path} is not a setting; {section.Path} is a single value.");
        }
        else if (section.Value is { } value && !CanConvert(section, type))
        {
            // An address may have a password in it.
            _unreadable.Add(section.Path);
            var what = type == typeof(Uri) ? "cannot be read" : $"is \"{value}\"";
            Add(section.Path, $"{section.Path} {what}; it must be {Allowed(type, property)}.");
        }
    }

    private void CheckKeys(IConfigurationSection section, Type type, IReadOnlyList<string> besides)
    {
        var properties = PropertiesOf(type).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var keys = string.Join(", ", properties.Keys.Concat(besides).Order(StringComparer.Ordinal));
        if (!string.IsNullOrEmpty(section.Value))
        {
            _emptied.Add(section.Path);

            // Environment variables of other programs are named JOBS, STORAGE and the like. The value may be secret.
            if (section.Path.Contains(':'))
            {
                Add(section.Path, $"{section.Path} has a value of its own; it is a section and takes {keys}.");
            }
        }

        foreach (var child in section.GetChildren())
        {
            if (properties.TryGetValue(child.Key, out var property))
            {
                Check(child, property.PropertyType, property, []);
            }
            else if (!besides.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                Add(child.Path, $"{child.Path} is not a setting; {section.Path} takes {keys}.");
            }
        }
    }

    private IEnumerable<string> Validate(string path, object options)
    {
        foreach (var property in PropertiesOf(options.GetType()))
        {
            var key = $"{path}:{property.Name}";
            if (HasFault(key))
            {
                continue;
            }

            var value = property.GetValue(options);
            foreach (var attribute in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (attribute.GetValidationResult(value, new ValidationContext(options) { MemberName = property.Name }) is { } result)
                {
                    yield return Line(key, value, property, attribute, result);
                }
            }

            foreach (var line in Nested(key, value).SelectMany(nested => Validate(nested.Key, nested.Value)))
            {
                yield return line;
            }
        }

        foreach (var result in (options as IValidatableObject)?.Validate(new ValidationContext(options)) ?? [])
        {
            yield return $"{path}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}";
        }
    }

    /// <summary>
    /// Ranges and choices are described from the attribute, and its own message is a hint after them. The message of any other
    /// attribute continues the sentence that begins with the key.
    /// </summary>
    private static string Line(string key, object? value, PropertyInfo property, ValidationAttribute attribute, ValidationResult result) =>
        attribute is RangeAttribute or AllowedValuesAttribute
            ? string.Create(CultureInfo.InvariantCulture, $"{key} is {(value is string ? $"\"{value}\"" : value)}; it must be {Allowed(property.PropertyType, property)}.")
                + (attribute.ErrorMessage is { Length: > 0 } hint ? $" {hint}" : "")
            : $"{key} {result.ErrorMessage}";

    private static IEnumerable<(string Key, object Value)> Nested(string key, object? value) => value switch
    {
        string or null => [],
        IDictionary dictionary => dictionary.Keys.Cast<object>().SelectMany(name => Nested($"{key}:{name}", dictionary[name])),
        IEnumerable list => list.Cast<object?>().SelectMany((item, i) => Nested($"{key}:{i}", item)),
        _ => IsNested(value.GetType()) ? [(key, value)] : [],
    };

    /// <summary>What a value may be, to be read after "it must be".</summary>
    private static string Allowed(Type type, PropertyInfo? property)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (property?.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
        {
            return $"one of {string.Join(", ", allowed.Values)}";
        }

        var kind = plain == typeof(bool) ? "true or false"
            : plain.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(plain))}"
            : plain == typeof(int) || plain == typeof(long) ? "a whole number"
            : plain == typeof(double) || plain == typeof(float) ? "a number"
            : plain == typeof(Uri) ? "an address such as http://127.0.0.1:8188"
            : plain == typeof(TimeSpan) ? "a time such as 00:00:03"
            : $"a {plain.Name}";
        return property?.GetCustomAttribute<RangeAttribute>() switch
        {
            null => kind,
            { Maximum: int.MaxValue } range => string.Create(CultureInfo.InvariantCulture, $"{kind} of at least {range.Minimum:N0}"),
            { Maximum: int } range => string.Create(CultureInfo.InvariantCulture, $"{kind} between {range.Minimum:N0} and {range.Maximum:N0}"),
            { } range => string.Create(CultureInfo.InvariantCulture, $"{kind} between {range.Minimum} and {range.Maximum}"),
        };
    }

    private static bool CanConvert(IConfigurationSection section, Type type)
    {
        try
        {
            var value = section.Get(type);
            return value is not Enum named || Enum.IsDefined(named.GetType(), named);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Add(string key, string line) => _faults.Add((key, line));

    // A null beside children would stand for the whole section; without any, it is an empty section, such as a version.
    private bool IsUnreadable(IConfigurationSection section) =>
        _unreadable.Contains(section.Path) || (section.Value is null && section.GetChildren().Any());

    private bool HasFault(string key) => _faults.Exists(fault =>
        fault.Key.StartsWith(key, StringComparison.OrdinalIgnoreCase) && (fault.Key.Length == key.Length || fault.Key[key.Length] == ':'));

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true } || (property.SetMethod is null && ElementOf(property.PropertyType) is not null && IsMutable(property.PropertyType)))
        .DistinctBy(property => property.Name);

    // A get-only list is filled by the binder; a computed one has no public setter and cannot be.
    private static bool IsMutable(Type type) => type.IsGenericType && type.Name.Split('`')[0] is "List" or "Dictionary";

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericArguments().Length == 2;

    private static bool IsNested(Type type) => type.IsClass && type.Namespace?.StartsWith(nameof(Personalization), StringComparison.Ordinal) == true;

    /// <summary>What a list or a dictionary holds; null for other types.</summary>
    private static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1]
        : null;
}
