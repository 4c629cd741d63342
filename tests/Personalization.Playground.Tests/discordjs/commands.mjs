// What both bots register, as Discord writes it. Each answers them in the same words.
const [Text, User, Channel, Role, File] = [3, 6, 7, 8, 11];
const [UserMenu, MessageMenu] = [2, 3];

export const commands = [
  { name: 'greet', description: 'Greets somebody', options: [{ type: Text, name: 'name', description: 'Whom', required: true }] },
  { name: 'buttons', description: 'Shows a button' },
  { name: 'form', description: 'Opens a form' },
  { name: 'upload', description: 'Sends a file after a while' },
  {
    name: 'pick',
    description: 'Names what was picked',
    options: [
      { type: User, name: 'person', description: 'Who', required: true },
      { type: Channel, name: 'channel', description: 'Where', required: true },
      { type: Role, name: 'role', description: 'As what', required: true },
      { type: File, name: 'file', description: 'With what', required: true },
    ],
  },
  { name: 'suggest', description: 'Suggests words', options: [{ type: Text, name: 'word', description: 'Any', autocomplete: true }] },
  { name: 'select', description: 'Shows a select' },
  { name: 'where', description: 'Says where it is used', integration_types: [0, 1], contexts: [0, 1, 2] },
  { name: 'errand', description: 'Asks and changes what a bot can' },
  { type: UserMenu, name: 'Who' },
  { type: MessageMenu, name: 'Quote' },
];

/** How both say where an interaction came from. */
export const whereabouts = ({ context, guildOwner, userOwner, isSeen, manages, guild, channel, isForAdults }) =>
  `context ${context} by ${guildOwner ?? '-'} and ${userOwner ?? '-'}, seen ${isSeen}, person manages ${manages ?? '-'}, in ${guild ? `${guild} ${channel}, for adults ${isForAdults ?? '-'}` : '-'}`;
