using System.Text.Json.Nodes;

namespace Personalization.Playground.Rest;

/// <summary>Discord's rules for components of messages and modals.</summary>
internal sealed class ComponentCheck(FormCheck check, bool isV2, IReadOnlySet<string> fileNames)
{
    private const int MaximumV2 = 40;
    private const int MaximumText = 4000;

    private readonly HashSet<string> _customIds = new(StringComparer.Ordinal);
    private int _count;
    private int _text;

    /// <summary>Checks a message's components.</summary>
    public void Message(JsonObject form)
    {
        var components = check.Array(form, "", "components", 0, isV2 ? MaximumV2 : 5);
        Children(components, "components", isV2 ? [1, 9, 10, 12, 13, 14, 17] : [1]);
        if (isV2 && _count > MaximumV2)
        {
            check.Fail("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", $"A message has at most {MaximumV2} components in all; this one has {_count}.");
        }

        if (_text > MaximumText)
        {
            check.Fail("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", $"A message has at most {MaximumText} characters of text; this one has {_text}.");
        }
    }

    /// <summary>Checks a modal.</summary>
    public void Modal(JsonObject form)
    {
        check.Text(form, "data", "custom_id", 1, 100);
        check.Text(form, "data", "title", 1, 45);
        Children(check.Array(form, "data", "components", 1, 5), "data.components", [1, 10, 18], isModal: true);
    }

    private void Children(JsonArray components, string path, int[] allowed, bool isModal = false)
    {
        for (var i = 0; i < components.Count; i++)
        {
            var at = FormCheck.Join(path, i);
            if (components[i] is JsonObject component)
            {
                One(component, at, allowed, isModal);
            }
            else
            {
                check.Fail(at, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
            }
        }
    }

    private void One(JsonObject component, string path, int[] allowed, bool isModal)
    {
        _count++;
        var type = component["type"] is JsonValue number && number.TryGetValue(out int value) ? value : 0;
        if (!allowed.Contains(type))
        {
            check.Fail(FormCheck.Join(path, "type"), "BASE_TYPE_CHOICES", $"Value must be one of {{{string.Join(", ", allowed)}}}.");
            return;
        }

        switch (type)
        {
            case 1:
                Row(component, path, isModal);
                break;
            case 2:
                Button(component, path);
                break;
            case 3 or (>= 5 and <= 8):
                Select(component, path, type);
                break;
            case 4:
                TextInput(component, path);
                break;
            case 9:
                Children(check.Array(component, path, "components", 1, 3), FormCheck.Join(path, "components"), [10]);
                Child(component, path, "accessory", [2, 11]);
                break;
            case 10:
                _text += check.Text(component, path, "content", 1, MaximumText)?.Length ?? 0;
                break;
            case 11:
                Media(component, path, "media");
                break;
            case 12:
                Gallery(component, path);
                break;
            case 13:
                Media(component, path, "file");
                break;
            case 17:
                Children(check.Array(component, path, "components", 1, MaximumV2), FormCheck.Join(path, "components"), [1, 9, 10, 12, 13, 14]);
                break;
            case 18:
                check.Text(component, path, "label", 1, 45);
                check.Text(component, path, "description", 0, 100);
                Child(component, path, "component", [3, 4, 5, 6, 7, 8, 19]);
                break;
            case 19:
                CustomId(component, path);
                break;
        }
    }

    private void Row(JsonObject row, string path, bool isModal)
    {
        var children = check.Array(row, path, "components", 1, 5);
        if (children.Count > 1 && children.Any(child => child is JsonObject item && item["type"]?.GetValue<int>() is not 2))
        {
            check.Fail(FormCheck.Join(path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width");
        }

        Children(children, FormCheck.Join(path, "components"), isModal ? [4] : [2, 3, 5, 6, 7, 8]);
    }

    private void Child(JsonObject component, string path, string name, int[] allowed)
    {
        if (component[name] is JsonObject child)
        {
            One(child, FormCheck.Join(path, name), allowed, isModal: false);
        }
        else
        {
            check.Fail(FormCheck.Join(path, name), "BASE_TYPE_REQUIRED", "This field is required");
        }
    }

    private void Button(JsonObject button, string path)
    {
        check.Text(button, path, "label", 0, 80);
        if (button["label"] is null && button["emoji"] is null)
        {
            check.Fail(path, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji.");
        }

        var style = button["style"] is JsonValue value && value.TryGetValue(out int number) ? number : 0;
        switch (style)
        {
            case >= 1 and <= 4:
                CustomId(button, path);
                break;
            case 5:
                check.Text(button, path, "url", 1, 512);
                break;
            default:
                check.Fail(FormCheck.Join(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5}.");
                break;
        }
    }

    private void Select(JsonObject select, string path, int type)
    {
        CustomId(select, path);
        check.Text(select, path, "placeholder", 0, 150);
        if (type != 3)
        {
            return;
        }

        var options = check.Array(select, path, "options", 1, 25);
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i] is JsonObject option)
            {
                var at = FormCheck.Join(FormCheck.Join(path, "options"), i);
                check.Text(option, at, "label", 1, 100);
                check.Text(option, at, "value", 1, 100);
                check.Text(option, at, "description", 0, 100);
            }
        }
    }

    private void TextInput(JsonObject input, string path)
    {
        CustomId(input, path);
        check.Text(input, path, "label", 0, 45);
        check.Text(input, path, "placeholder", 0, 100);
        check.Text(input, path, "value", 0, MaximumText);
        if (input["style"] is not JsonValue value || !value.TryGetValue(out int style) || style is not (1 or 2))
        {
            check.Fail(FormCheck.Join(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
        }
    }

    private void Gallery(JsonObject gallery, string path)
    {
        var items = check.Array(gallery, path, "items", 1, 10);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject item)
            {
                var at = FormCheck.Join(FormCheck.Join(path, "items"), i);
                check.Text(item, at, "description", 0, 1024);
                Media(item, at, "media");
            }
        }
    }

    private void Media(JsonObject holder, string path, string name)
    {
        var at = FormCheck.Join(path, name);
        if (holder[name] is not JsonObject media)
        {
            check.Fail(at, "BASE_TYPE_REQUIRED", "This field is required");
            return;
        }

        var url = check.Text(media, at, "url", 1, 2048);
        if (url is null)
        {
            return;
        }

        if (url.StartsWith("attachment://", StringComparison.Ordinal))
        {
            if (!fileNames.Contains(url["attachment://".Length..]))
            {
                check.Fail(FormCheck.Join(at, "url"), "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", "The referenced attachment was not found");
            }
        }
        else if (!url.StartsWith("http://", StringComparison.Ordinal) && !url.StartsWith("https://", StringComparison.Ordinal))
        {
            check.Fail(FormCheck.Join(at, "url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'attachment').");
        }
    }

    private void CustomId(JsonObject component, string path)
    {
        if (check.Text(component, path, "custom_id", 1, 100) is { } customId && !_customIds.Add(customId))
        {
            check.Fail(FormCheck.Join(path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }
    }
}
