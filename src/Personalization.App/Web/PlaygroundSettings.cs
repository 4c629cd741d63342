using System.ComponentModel.DataAnnotations;

namespace Personalization.App.Web;

/// <summary>Whether and to whom the playground opens: the configuration section <c>Playground</c>.</summary>
internal sealed class PlaygroundSettings : IValidatableObject
{
    /// <summary>
    /// True opens it in a container too, and to other computers. False never opens it. Without a value it opens where there is
    /// no token, to this computer alone.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>Host names, besides those of this computer, under which a browser may ask for the playground.</summary>
    public List<string> Hosts { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Hosts
        .Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown)
        .Select(host => new ValidationResult($"\"{host}\" is no host name; each must be one such as pictures.example, without scheme and port.", [nameof(Hosts)]));
}
