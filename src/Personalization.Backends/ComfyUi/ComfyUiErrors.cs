using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Personalization.Backends.Http;
using Personalization.Imagine.Backends;

namespace Personalization.Backends.ComfyUi;

/// <summary>What the server says of prompts that it refuses, runs in part or fails at, in words for the operator.</summary>
internal sealed class ComfyUiErrors(string name, ComfyUiWorkflow? workflow, ComfyUiModels models)
{
    /// <summary>Why a finished prompt failed; null if it succeeded.</summary>
    public BackendException? FaultOf(JsonNode entry, ImageRequest request)
    {
        if ((string?)entry["status"]?["status_str"] != "error")
        {
            return null;
        }

        var last = (entry["status"]!["messages"] as JsonArray)?.LastOrDefault();
        if ((string?)last?[0] == "execution_interrupted")
        {
            return new BackendException(BackendFault.Failed, $"The prompt was interrupted on {name}.");
        }

        var (type, words) = ((string?)last?[1]?["exception_type"] ?? "no reason given", (string?)last?[1]?["exception_message"] ?? "");
        return MemoryShortage.IsNamedIn(type) || MemoryShortage.IsNamedIn(words)
            ? new BackendException(BackendFault.Size, $"{name} ran out of memory at {request.Width} x {request.Height} pixels ({type}).") { ServerResponse = words }
            : new BackendException(BackendFault.Failed, $"{name} failed in its node {(string?)last?[1]?["node_type"] ?? "(unknown)"} ({type}).") { ServerResponse = words };
    }

    /// <summary>Converts the refusal of a prompt into a message for the operator.</summary>
    public async Task<BackendException> RefusalAsync(BackendAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status != HttpStatusCode.BadRequest || answer.TryJson() is not { } body)
        {
            return answer.Refused();
        }

        var faults = await FaultsAsync(body, cancellationToken);
        var all = faults.Count > 0 ? string.Join("; ", faults) : ((string?)body["error"]?["message"])?.TrimEnd('.') ?? "no reason given";
        return new(BackendFault.Misconfigured, $"{name} cannot run the workflow: {all}.") { ServerResponse = Encoding.UTF8.GetString(answer.Body) };
    }

    /// <summary>What the server drops of a prompt that it takes: it runs those outputs that it finds valid. Empty for nothing.</summary>
    /// <param name="body">Its answer.</param>
    /// <returns>One sentence for the operator.</returns>
    public async Task<string> DroppedAsync(JsonNode body, CancellationToken cancellationToken) => await FaultsAsync(body, cancellationToken) is { Count: > 0 } faults
        ? $"{name} runs only a part of the workflow: {string.Join("; ", faults)}."
        : "";

    private async Task<IReadOnlyList<string>> FaultsAsync(JsonNode body, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var (node, content) in body["node_errors"] as JsonObject ?? [])
        {
            foreach (var error in content?["errors"] as JsonArray ?? [])
            {
                faults.Add(await DescribeAsync(node, (string?)content?["class_type"] ?? "", error, cancellationToken));
            }
        }

        return faults;
    }

    /// <summary>Describes a fault of the workflow. Its details quote input values, which are left out where the prompt is one.</summary>
    private async Task<string> DescribeAsync(string node, string type, JsonNode? error, CancellationToken cancellationToken)
    {
        var input = (string?)error?["extra_info"]?["input_name"];
        if ((string?)error?["type"] != "value_not_in_list" || input is null || workflow?.HasWordsAt(node, input) == true)
        {
            return $"node {node} ({type}): {(string?)error?["message"]} {input}".TrimEnd();
        }

        // Of more than 20 choices the answer holds none.
        var extra = error["extra_info"]!;
        var choices = ComfyUiModels.ChoicesIn(extra["input_config"]) is { Length: > 0 } listed ? listed : await KnownAsync();
        return $"the {(input is "ckpt_name" ? "checkpoint" : input)} \"{extra["received_value"]}\" is not on the server{(choices.Count == 0 ? $" ({(string?)error["details"]})" : $"; it has {ComfyUiModels.Some(choices)}")}";

        async Task<IReadOnlyList<string>> KnownAsync()
        {
            try
            {
                return await models.ChoicesAsync(type, input, cancellationToken);
            }
            catch (BackendException)
            {
                return [];
            }
        }
    }
}
