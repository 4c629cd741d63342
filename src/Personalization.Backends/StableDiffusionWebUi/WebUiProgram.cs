using System.Net;
using System.Text;
using Personalization.Backends.Http;

namespace Personalization.Backends.StableDiffusionWebUi;

/// <summary>Finds out which of the programs a server is.</summary>
/// <param name="set">What the operator has set.</param>
internal sealed class WebUiProgram(WebUiFlavor set, BackendClient client, WebUiAnswers answers)
{
    private WebUiFlavor _flavor = set;

    /// <summary>The program: as set, or by what the server offers.</summary>
    /// <exception cref="Imagine.Backends.BackendException">The server cannot be asked.</exception>
    public async Task<WebUiFlavor> FlavorAsync(CancellationToken cancellationToken)
    {
        if (_flavor == WebUiFlavor.Auto)
        {
            var isSdNext = await FindAsync("sdapi/v1/ip-adapters", cancellationToken) is not null;
            _flavor = isSdNext ? WebUiFlavor.SdNext
                : await FindAsync("controlnet/module_list", cancellationToken) is { } modules && modules.Contains("(IPAdapter)", StringComparison.Ordinal) ? WebUiFlavor.Forge
                : WebUiFlavor.Automatic1111;
        }

        return _flavor;
    }

    /// <summary>The content at a path; null if the server has no such path. Any other failure does not show which program it is, and throws.</summary>
    private async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync(path, cancellationToken);
        return answer.IsSuccess ? Encoding.UTF8.GetString(answer.Body) : answer.Status == HttpStatusCode.NotFound ? null : throw answers.Refusal(answer);
    }
}
