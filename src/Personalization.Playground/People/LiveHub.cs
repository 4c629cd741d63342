using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Personalization.Playground.People;

/// <summary>The open pages, and what they are told as it happens.</summary>
internal sealed class LiveHub
{
    private readonly ConcurrentDictionary<Channel<string>, ulong> _pages = new();

    /// <summary>A page's events from now on; <see cref="Leave"/> ends them.</summary>
    public Channel<string> Join(ulong person)
    {
        var page = Channel.CreateUnbounded<string>();
        _pages[page] = person;
        return page;
    }

    public void Leave(Channel<string> page) => _pages.TryRemove(page, out _);

    /// <summary>Sends an event to the open pages of one person.</summary>
    public void SendTo(ulong person, string type, JsonNode data) => Send(owner => owner == person, type, data);

    /// <summary>Sends an event to the open pages of those it is for.</summary>
    public void Send(Func<ulong, bool> isFor, string type, JsonNode data)
    {
        string? text = null;
        foreach (var (page, owner) in _pages)
        {
            if (isFor(owner))
            {
                text ??= new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }.ToJsonString();
                page.Writer.TryWrite(text);
            }
        }
    }
}
