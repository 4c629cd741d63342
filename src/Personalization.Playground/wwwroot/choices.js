// Discord's types of options, and of selects, that people, channels and roles are chosen for.
const ofOption = { 6: ['people'], 7: ['channels'], 8: ['roles'], 9: ['people', 'roles'] };
const ofSelect = { 5: ['people'], 6: ['roles'], 7: ['people', 'roles'], 8: ['channels'] };

/** The people, channels and roles of where one is, to choose from: each a name and its id as the value. */
export class Choices {
  /**
   * @param names The names of people by their ids.
   * @param channels Those that the person sees.
   * @param channel The one that is open.
   */
  setPlace(names, channels, channel) {
    const here = channels.filter(other => other.guild?.id === channel.guild?.id);
    this.people = (channel.guild?.members ?? channel.members).map(id => ({ name: '@' + names.get(id), value: id }));
    this.roles = (channel.guild?.roles ?? []).map(role => ({ name: role.name.replace(/^@?/, '@'), value: role.id }));
    this.channels = here.map(other => ({ name: '#' + other.name, value: other.id, type: other.type }));
  }

  /** What an option takes; nothing where it is written. */
  ofOption(option) {
    return ofOption[option.type] ? this.of(ofOption[option.type], option.channel_types) : option.choices ?? [];
  }

  ofSelect(select) {
    return ofSelect[select.type]
      ? this.of(ofSelect[select.type], select.channel_types)
      : select.options.map(option => ({ name: option.label, value: option.value, title: option.description, isChosen: option.default }));
  }

  of(kinds, channelTypes) {
    const types = channelTypes ?? [];
    return kinds.flatMap(kind => this[kind]).filter(choice => choice.type === undefined || types.length === 0 || types.includes(choice.type));
  }
}
