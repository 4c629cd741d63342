using Microsoft.Extensions.Options;

namespace Personalization.Imagine.Backends;

/// <summary>All image backends by name. Upper and lower case are the same.</summary>
public sealed class ImageBackends
{
    private readonly Dictionary<string, IImageBackend> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="OptionsValidationException">Two backends have the same name.</exception>
    public ImageBackends(IEnumerable<IImageBackend> backends)
    {
        All = [.. backends];
        foreach (var backend in All)
        {
            if (!_byName.TryAdd(backend.Name, backend))
            {
                throw new OptionsValidationException(
                    "Backends",
                    typeof(ImageBackends),
                    [$"Backends:{backend.Name} has the name of a backend that exists already. Give the section another name, and name its kind in Backends:NAME:Kind."]);
            }
        }
    }

    /// <summary>All of them, in the order in which they were registered.</summary>
    public IReadOnlyList<IImageBackend> All { get; }

    /// <summary>The backend of this name; null when it is not configured.</summary>
    public IImageBackend? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The backend of this name.</summary>
    /// <exception cref="InvalidOperationException">It is not configured.</exception>
    public IImageBackend Require(string name) => Find(name) ?? throw new InvalidOperationException($"There is no image backend named {name}.");
}
