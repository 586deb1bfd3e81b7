// Every word of the page, in both languages.
const STRINGS = {
  ja: {
    play: '再生', pause: '一時停止', speed: '再生速度', slider: '時刻スライダー',
    legend: '凡例と表示', colour: '人の色分け', by_class: '属性', by_state: '状態',
    people: '人', cars: '車', water: '浸水', density: '道路の混雑', buildings: '建物', shelters: '避難所',
    depth: '浸水深', depth_unit: 'm', density_title: '道路の人口密度', density_unit: '人/㎡',
    over: '以上', map: '地図', zoom_in: '拡大', zoom_out: '縮小', fit: '全体を表示',
    home: '在宅', preparing: '準備中', walking: '移動中', waiting: '滞留中', sheltered: '避難完了',
    stranded: '立ち往生', cut_off: '経路途絶', caught_at_home: '自宅で浸水', casualty: '人的被害',
    upstairs: '上階へ避難', visiting: '会場内', on_platform: '列車・車待ち', elsewhere: '町の外', event_area: '会場',
    cars_moving: '走行中の車', cars_stopped: '止まったままの車',
    adult: '成人', child: '子ども', elderly: '高齢者', impaired: '要支援者', alarm: '取り残された人',
    persons: '人', unusable: '使用不可', chart: '人数の推移', difference: '差（右−左）',
    difference_stacked: '差（下−上）', trapped: '取り残し',
    no_webgl: 'このブラウザーは WebGL2 に対応していないため、アニメーションを表示できません。最新の Chrome、Edge、Firefox、Safari でお試しください。',
    broken: 'アニメーションを読み込めませんでした。ブラウザーを更新してお試しください。',
    loading: '読み込み中…',
    keys: 'スペース：再生／停止　←→：30秒　Shift+←→：5分　＋−：拡大縮小',
    present: '場内', standing: '停止中', left: '退場済み', to_come: '入場前', elapsed: '経過時間',
    by_pace: '歩く速さ', by_level: '密度', pace: '歩く速さ', pace_unit: 'm/s', heat: '密度の分布',
    level: '密度とサービス水準', walls: '壁', gates: 'ゲート', barriers: '柵・ロープ', gate_open: '開いたゲート', gate_closed: '閉じたゲート',
    exit: '出口', elevator: 'エレベーター',
    keys_crowd: 'スペース：再生／停止　←→：1秒　Shift+←→：10秒　＋−：拡大縮小',
  },
  en: {
    play: 'Play', pause: 'Pause', speed: 'Speed', slider: 'Time slider',
    legend: 'Legend and layers', colour: 'Colour people by', by_class: 'group',
    by_state: 'state',
    people: 'People', cars: 'Cars', water: 'Flood', density: 'Crowding', buildings: 'Buildings',
    shelters: 'Shelters', depth: 'Flood depth', depth_unit: 'm', density_title: 'Density on streets',
    density_unit: 'persons/m²', over: 'or more', map: 'Map', zoom_in: 'Zoom in',
    zoom_out: 'Zoom out', fit: 'Show all', home: 'At home', preparing: 'Preparing',
    walking: 'Under way', waiting: 'Held up', sheltered: 'Sheltered', stranded: 'Stranded',
    cut_off: 'Cut off', caught_at_home: 'Caught at home', casualty: 'Casualties',
    upstairs: 'Upstairs', visiting: 'At the event', on_platform: 'Waiting for trains, or at the car',
    elsewhere: 'Out of town', event_area: 'Event area',
    cars_moving: 'Cars on the way', cars_stopped: 'Cars left on the road', adult: 'Adults', child: 'Children',
    elderly: 'Elderly', impaired: 'Need support', alarm: 'Left behind', persons: 'persons',
    unusable: 'not usable', chart: 'People over time',
    difference: 'Difference (right − left)', difference_stacked: 'Difference (lower − upper)',
    trapped: 'Left behind',
    no_webgl: 'This browser has no WebGL2, which the animation needs. Please try a current Chrome, Edge, Firefox or Safari.',
    broken: 'The animation could not be read. Please try a current browser.',
    loading: 'Loading…',
    keys: 'Space: play/pause   ←→: 30 s   Shift+←→: 5 min   + −: zoom',
    present: 'Present', standing: 'Standing', left: 'Left', to_come: 'To come', elapsed: 'elapsed',
    by_pace: 'speed', by_level: 'density', pace: 'Walking speed', pace_unit: 'm/s', heat: 'Density map',
    level: 'Density, level of service', walls: 'Walls', gates: 'Gates', barriers: 'Ropes and fences', gate_open: 'Open gate',
    gate_closed: 'Closed gate', exit: 'Exit', elevator: 'Elevator', keys_crowd: 'Space: play/pause   ←→: 1 s   Shift+←→: 10 s   + −: zoom',
  },
};

let language = 'ja';

// The word for `key`; names a scene invented itself are shown as they are.
const word = (key) => STRINGS[language][key] ?? key;
const count_text = (value) => Math.round(value).toLocaleString(language);
