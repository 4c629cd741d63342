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

    public void SendAll(string type, JsonNode data) => SendTo(person: null, type, data);

    /// <summary>Sends an event to the open pages of one person, or to all pages when it is null.</summary>
    public void SendTo(ulong? person, string type, JsonNode data)
    {
        var text = new JsonObject { ["type"] = type, ["data"] = data.DeepClone() }.ToJsonString();
        foreach (var (page, owner) in _pages)
        {
            if (person is null || person == owner)
            {
                page.Writer.TryWrite(text);
            }
        }
    }
}
