namespace Personalization.App.Web;

/// <summary>Whether and to whom the playground opens: the configuration section <c>Playground</c>.</summary>
internal sealed class PlaygroundSettings
{
    /// <summary>
    /// True opens it in a container too, and to other computers. False never opens it. Without a value it opens where there is
    /// no token, to this computer alone.
    /// </summary>
    public bool? Enabled { get; set; }

    /// <summary>Host names, besides those of this computer, under which a browser may ask for the playground.</summary>
    public IList<string> Hosts { get; } = [];
}
