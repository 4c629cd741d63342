using System.Text.Json.Nodes;

namespace Personalization.Playground.Rest;

/// <summary>What Discord adds to components: a number to each that brings none, and what their forms leave out.</summary>
internal static class ComponentDefaults
{

    public static void Complete(JsonNode components) => Complete(components, number: 0);

    private static int Complete(JsonNode components, int number)
    {
        foreach (var component in (components as JsonArray ?? []).OfType<JsonObject>())
        {
            number = Complete(component, number);
        }

        return number;
    }

    private static int Complete(JsonObject component, int number)
    {
        if (component["id"] is null)
        {
            component["id"] = ++number;
        }

        Fill(component);
        foreach (var single in new[] { component["accessory"], component["component"] }.OfType<JsonObject>())
        {
            number = Complete(single, number);
        }

        return component["components"] is { } children ? Complete(children, number) : number;
    }

    private static void Fill(JsonObject component)
    {
        switch (component["type"]!.GetValue<int>())
        {
            case 3 or (>= 5 and <= 8):
                component["min_values"] ??= 1;
                component["max_values"] ??= 1;
                break;
            case 11:
                FillMedia(component);
                break;
            case 12:
                component["items"]!.AsArray().OfType<JsonObject>().ToList().ForEach(FillMedia);
                break;
            case 13:
                component["spoiler"] ??= false;
                break;
            case 14:
                component["divider"] ??= true;
                component["spacing"] ??= 1;
                break;
            case 17:
                component["spoiler"] ??= false;
                component.TryAdd("accent_color", null);
                break;
        }
    }

    private static void FillMedia(JsonObject item)
    {
        item.TryAdd("description", null);
        item["spoiler"] ??= false;
    }
}
